"""What the reports of the example say: sentences of its own around figures that the records give."""

from __future__ import annotations

from gongkai_web.demo.cast import Cast

_OVERVIEW = (
    "（一）主动公开。全年主动公开政府信息{{{{ items.published }}}}条。现行有效的行政规范性文件"
    "{{{{ proactive.normative_documents.in_force }}}}件，到期失效的文件逐件标注并向社会公布。作出行政许可决定"
    "{{{{ proactive.permits.decisions }}}}件、行政处罚决定{{{{ proactive.penalties.decisions }}}}件。\n"
    "（二）依申请公开。新收政府信息公开申请{{{{ applications.received.total }}}}件，办结"
    "{{{{ applications.total.total }}}}件，结转下年度继续办理{{{{ applications.carried_out.total }}}}件。"
    "{applications}\n"
    "（三）政府信息管理。{management}\n"
    "（四）政府信息公开平台建设。{platform}\n"
    "（五）监督保障。组织政府信息公开培训{{{{ training.sessions }}}}次。{oversight}"
)
_APPLICATIONS = (
    "答复文书由法规科统一审核，期限由系统按工作日计算，临期的逐日提醒。",
    "每件申请由承办科室提出意见，办公室核对条款后答复，涉及第三方的一律书面征求意见。",
    "对内容不明确的申请先电话沟通，再发补正告知，减少来回。",
)
_MANAGEMENT = (
    "公文办理时同步确定公开属性，发布前经三级审核和保密审查，签审单随件归档。",
    "清理栏目中过期的便民信息，重新核对索引号和成文日期，错漏当月改正。",
    "不予公开的信息每年评估一次，情形消失的转为公开。",
)
_PLATFORM = (
    "调整门户专栏层级，常用栏目放到首页，检索框支持按文号查找。",
    "政策文件与解读互相关联，打开文件就能看到图解和问答。",
    "新增大字版和打印版，便于老年人和窗口使用。",
)
_OVERSIGHT = (
    "把信息公开列入科室年度考核，按季度通报栏目更新情况。",
    "办公室每月自查一次栏目更新，发现空白栏目当周补齐。",
    "聘请群众代表查看公开专栏，收到的意见逐条回复。",
)
_PROBLEMS = (
    (
        "一是政策解读仍以文字为主，图解偏少；二是个别栏目更新不够及时。",
        "改进情况：全年为重点文件配发图解，更新周期短的栏目改由系统到期提醒，明确每个栏目的责任科室。",
    ),
    (
        "一是基层业务人员对不予公开的条款掌握不够；二是历史文件的电子文本不全。",
        "改进情况：编写答复要点发给各科室，分批补录历史文件，年内完成前三年的部分，下一年继续补录更早的文件。",
    ),
    (
        "一是群众检索政策时常用口语，检索结果不够准确；二是公开内容与群众关心的事项结合不紧。",
        "改进情况：按来电和来信中的常用说法补充关键词，围绕看病、接种、托育等事项编制问答，定期听取窗口的意见。",
    ),
)
OTHER_MATTERS = "无其他需要报告的事项。"


def texts_of(cast: Cast, year: int) -> dict[str, str]:
    """The three sections that an agency writes; other words every year, figures by reference."""
    turn = cast.part.number + year
    overview = _OVERVIEW.format(
        applications=_APPLICATIONS[turn % 3],
        management=_MANAGEMENT[(turn + 1) % 3],
        platform=_PLATFORM[turn % 3],
        oversight=_OVERSIGHT[(turn + 2) % 3],
    )
    problems, improvement = _PROBLEMS[turn % 3]
    return {
        "overview": overview,
        "problems": f"存在的主要问题：{problems}\n{improvement}",
        "other_matters": OTHER_MATTERS,
    }
